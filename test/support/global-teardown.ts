/** After the last test: stops what global-setup.ts started, and removes its folders. */
import './global-setup';

async function teardown(): Promise<void> {
  await globalThis.baosongTestServer?.stop();
  globalThis.baosongTemplates?.remove();
}

export = teardown;
