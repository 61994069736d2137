/** The tabs of a browser share one cookie: who signs in or out in one of them has done so in all. */
const channel = new BroadcastChannel('assay session');

/** Says so to the other tabs. */
export const tellTabs = (): void => channel.postMessage('changed');

/** Calls `changed` when another tab has signed in or out; returns what ends it. */
export function onOtherTab(changed: () => void): () => void {
  channel.addEventListener('message', changed);
  return () => channel.removeEventListener('message', changed);
}
