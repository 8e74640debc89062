/** Short notes that go by themselves; mistakes are read out at once. */
import type { Actions } from './actions';
import type { Toast } from './state';

export function Toasts({ toasts, actions }: { toasts: readonly Toast[]; actions: Actions }) {
  return (
    <div class="toasts" data-testid="toasts">
      {toasts.map(({ id, tone, text }) => (
        <div key={id} class={`toast ${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
          <span>{text}</span>
          <button type="button" class="quiet" aria-label="关闭提示" onClick={() => actions.dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
