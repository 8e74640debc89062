/** Starts the page of the trial. */
import { render } from 'preact';
import { Actions } from './actions';
import { App } from './app';
import { Store } from './store';
import { followTheme } from './theme';

const store = new Store();
const actions = new Actions(store);
const root = document.getElementById('app');
if (root) {
  followTheme();
  render(<App store={store} actions={actions} />, root);
  actions.start();
}
