import { useEffect, useEffectEvent } from 'react';

const SEQUENCE_MS = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/**
 * Calls `run` with the keys that were pressed: one letter, or two after `g` (`g j`). Nothing while a field has the focus, a dialog is open or
 * a modifier is held.
 */
export function useShortcuts(run: (keys: string) => boolean): void {
  const handle = useEffectEvent(run);
  useEffect(() => {
    let prefix: { key: string; at: number } | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]')) return;
      const sequence = prefix && event.timeStamp - prefix.at < SEQUENCE_MS ? `${prefix.key} ${event.key}` : event.key;
      prefix = undefined;
      if (event.key === 'g' && sequence === 'g') prefix = { key: 'g', at: event.timeStamp };
      else if (handle(sequence)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
