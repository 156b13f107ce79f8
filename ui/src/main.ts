// Starts the screens on the backend at hand.

import { mount } from 'svelte';

import App from './App.svelte';
import type { Backend } from './backend/backend';
import { tauriBackend } from './backend/tauri';
import './styles/tokens.css';
import './styles/base.css';

async function backend(): Promise<Backend> {
  if (__FAKE__ && !('__TAURI_INTERNALS__' in window)) {
    const { fakeBackend } = await import('./backend/fake');
    return fakeBackend(new URL(window.location.href));
  }
  return tauriBackend();
}

const chosen = await backend();
const report = (what: unknown): void => {
  void chosen.logFault(what instanceof Error ? `${what.message}\n${what.stack ?? ''}` : String(what));
};
window.addEventListener('error', (event) => report(event.error ?? event.message));
window.addEventListener('unhandledrejection', (event) => report(event.reason));

const target = document.querySelector('#app');
if (target !== null) mount(App, { target, props: { backend: chosen } });
