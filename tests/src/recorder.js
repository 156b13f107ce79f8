// Records every message between the page and the core: requests leave by fetch to the protocol `ipc`,
// answers, events and what comes over channels arrive at a callback. Run as the body of a function;
// returns what was recorded since the last time.
const core = window.__TAURI_INTERNALS__;
if (!core) return [];
if (!window.recordedMessages) {
  const recorded = (window.recordedMessages = []);
  const fetched = window.fetch;
  window.fetch = function (target, options) {
    const address = String(target?.url ?? target);
    if (address.startsWith('ipc:')) {
      recorded.push({
        direction: 'request',
        command: decodeURIComponent(address.split('/').pop()),
        data: typeof options?.body === 'string' ? options.body : [...new Uint8Array(options?.body ?? [])],
      });
    }
    return fetched.apply(this, arguments);
  };
  const find = core.callbacks.get;
  core.callbacks.get = function (id) {
    const callback = find.call(this, id);
    return callback && ((data) => {
      recorded.push({ direction: 'answer', data: JSON.stringify(data) ?? null });
      return callback(data);
    });
  };
}
return window.recordedMessages.splice(0);
