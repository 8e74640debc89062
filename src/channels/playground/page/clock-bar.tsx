/** The trial's clock, and the buttons that move it: what falls due in between really happens. */
import { useEffect, useState } from 'preact/hooks';
import type { TrialClock } from '../wire';
import type { Actions } from './actions';
import { dateText, fromFieldValue, later, timeText, toFieldValue, weekdayText, yearText } from './format';
import { ClockIcon } from './icons';
import type { PageState } from './state';

interface ClockBarProps {
  readonly clock: TrialClock;
  readonly readAtMs: number;
  readonly moving: PageState['moving'];
  readonly actions: Actions;
}

export function ClockBar({ clock, readAtMs, moving, actions }: ClockBarProps) {
  const now = useTicking(clock.now, readAtMs);
  const [isOpen, setOpen] = useState(false);
  return (
    <header class="clock-bar" data-testid="clock-bar" data-open={isOpen} aria-busy={moving !== null}>
      <span class="brand">
        报送助手<em>试用</em>
      </span>
      <div class="clock-face">
        <ClockIcon />
        <span class="clock-label">演示时间</span>
        <time dateTime={now} data-testid="clock">
          <span class="clock-year">{yearText(now)}</span>
          {dateText(now)} {weekdayText(now)} <b>{timeText(now)}</b>
        </time>
        {!clock.moved && <span class="badge-live">实时</span>}
      </div>
      <button
        type="button"
        class="clock-toggle"
        aria-expanded={isOpen}
        aria-controls="clock-controls"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? '收起' : '调时间'}
      </button>
      <ClockControls now={now} moved={clock.moved} busy={moving !== null} actions={actions} />
      {moving && <ClockProgress moving={moving} />}
    </header>
  );
}

interface ControlsProps {
  readonly now: string;
  readonly moved: boolean;
  readonly busy: boolean;
  readonly actions: Actions;
}

function ClockControls({ now, moved, busy, actions }: ControlsProps) {
  const [picked, setPicked] = useState<string | null>(null);
  const target = picked === null ? null : fromFieldValue(picked);
  const move = (to: string | null) => {
    setPicked(null);
    void actions.moveClock(to);
  };
  return (
    <fieldset class="clock-controls" id="clock-controls" disabled={busy}>
      <legend class="unseen">调演示时间</legend>
      <button type="button" data-testid="clock-hour" onClick={() => move(later(now, 1))}>
        +1小时
      </button>
      <button type="button" data-testid="clock-day" onClick={() => move(later(now, 24))}>
        +1天
      </button>
      <form
        class="clock-pick"
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== null) move(target);
        }}
      >
        <input
          type="datetime-local"
          aria-label="调到的日期和时间"
          data-testid="clock-pick"
          value={picked ?? toFieldValue(now)}
          onInput={(event) => setPicked(event.currentTarget.value)}
        />
        <button type="submit" data-testid="clock-go" disabled={target === null}>
          前往
        </button>
      </form>
      <button type="button" data-testid="clock-reset" disabled={!moved} onClick={() => move(null)}>
        回到今天
      </button>
    </fieldset>
  );
}

function ClockProgress({ moving }: { moving: NonNullable<PageState['moving']> }) {
  const arrived = Object.values(moving.arrived).reduce((sum, count) => sum + count, 0);
  const goal = moving.to === null ? '正在回到今天' : `正在推进到 ${dateText(moving.to)} ${timeText(moving.to)}`;
  return (
    <div class="clock-progress" role="status" data-testid="clock-progress">
      <span>
        {goal}，其间到期的事都会照做{arrived > 0 ? `，已有 ${arrived} 条新消息` : ''}…
      </span>
    </div>
  );
}

/** The clock as it runs on since it was read. */
function useTicking(now: string, readAtMs: number): string {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.parse(now) + performance.now() - readAtMs).toISOString();
}
