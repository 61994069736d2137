import { useSyncExternalStore } from 'react';

/** `live`: both streams are open; `connecting`: at least one is not, pages ask every 20 s instead. */
export type LiveState = 'live' | 'connecting';

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

export const liveState = (): LiveState => state;

export function setLiveState(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, liveState);
