/** Holds the page's state and tells the view when it changed. */
import { type Action, initialState, type PageState, reduce } from './state';

export class Store {
  private state = initialState;
  private readonly listeners = new Set<(state: PageState) => void>();

  get(): PageState {
    return this.state;
  }

  dispatch(action: Action): void {
    this.state = reduce(this.state, action);
    for (const listener of this.listeners) listener(this.state);
  }

  subscribe(listener: (state: PageState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
