import type { Operation } from '@assay/persistence';

/** One request on its way through the server. */
export interface Passage {
  operation: Operation;
  /** Aborted when the client has gone before its answer. */
  gone: AbortController;
  /** Run when the request is over, whichever way; undefined once it is. */
  ends: (() => void)[] | undefined;
  /** Called when the body has come. */
  arrived?: () => void;
  /** Gives the place at work to the next. */
  leaveWork?: () => void;
}

export const passages = new WeakMap<object, Passage>();

/** The work of a request is done although its answer is not: what a long answer still sends needs no place at work. */
export const leaveWork = (request: object): void => passages.get(request)?.leaveWork?.();

/** What was taken for a request that ended while it was being taken is given back at once: nothing else would. */
export function atEnd(passage: Passage, end: () => void): void {
  if (passage.ends) passage.ends.push(end);
  else end();
}

/** Aborted when the client has gone before its answer was complete. */
export const goneSignal = (request: object): AbortSignal | undefined => passages.get(request)?.gone.signal;

/** Runs `end` when the request is over, whichever way. */
export function atRequestEnd(request: object, end: () => void): void {
  const passage = passages.get(request);
  if (passage) atEnd(passage, end);
}
