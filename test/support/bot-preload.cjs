/**
 * Loaded by Node before the bot in a process of its own: its clock runs from another instant, and on SIGUSR2 no response
 * to a POST leaves any more, so that a kill can meet the moment between the commit and the response.
 */
const { ServerResponse } = require('node:http');

const RealDate = Date;
const offsetMs = Number(process.env.BAOSONG_TEST_CLOCK_OFFSET_MS);

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offsetMs);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
};

process.once('SIGUSR2', () => {
  const { end } = ServerResponse.prototype;
  ServerResponse.prototype.end = function holdBack(...args) {
    return this.req.method === 'POST' ? this : end.apply(this, args);
  };
  process.stdout.write('responses are held back\n');
});
