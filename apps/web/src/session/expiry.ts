import { useSyncExternalStore } from 'react';

let expired = false;
const listeners = new Set<() => void>();

/** Set by the first answer 401; cleared by signing in again. */
export function setExpired(value: boolean): void {
  if (value === expired) return;
  expired = value;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useExpired = (): boolean => useSyncExternalStore(subscribe, () => expired);
