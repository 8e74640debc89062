/** After the last test: stops what global-setup.ts started, and removes its folder. */
import './global-setup';

async function teardown(): Promise<void> {
  await globalThis.baosongTestServer?.stop();
}

export = teardown;
