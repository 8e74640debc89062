/** Where every instant in the product comes from, so that tests and the trial can move time. */
import { DateTime } from 'luxon';

/** Asia/Shanghai, as a fixed offset: it has had no summer time since 1991, and looking the zone up costs ten times as much. */
export const ZONE = 'UTC+8';

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs at the real pace from wherever it was last set; the trial and the tests own one. */
export class MovableClock implements Clock {
  private offsetMs = 0;

  constructor(private readonly base: Clock = systemClock) {}

  now(): Date {
    return new Date(this.base.now().getTime() + this.offsetMs);
  }

  set(instant: Date): void {
    this.offsetMs = instant.getTime() - this.base.now().getTime();
  }

  /** Back to real time. */
  reset(): void {
    this.offsetMs = 0;
  }
}

/** A clock that stands still until told; for tests. */
export class FixedClock implements Clock {
  constructor(private instant: Date) {}

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date): void {
    this.instant = instant;
  }
}

/** The instant as people in Xinyang read it on their clocks. */
export function inShanghai(instant: Date): DateTime {
  return DateTime.fromJSDate(instant, { zone: ZONE });
}
