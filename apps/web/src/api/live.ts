import type { QueryClient } from '@tanstack/react-query';
import { setLiveState } from './live-state';

const STREAMS = ['/api/stream', '/api/v1/stream'];
/** Notices of this time are answered together. */
const GATHER_MS = 400;
const RETRY_MS = 15_000;

interface Notice {
  kind: string;
  id?: string | null;
}

const isNotice = (value: unknown): value is Notice =>
  typeof value === 'object' && value !== null && typeof (value as Notice).kind === 'string';

function parse(data: string): Notice | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isNotice(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Listens to both services; a notice `{kind, id}` makes every query whose key starts with that kind stale. After a gap everything is stale,
 * since notices may have been missed. Returns what ends it.
 */
export function listen(client: QueryClient): () => void {
  const changed = new Set<string>();
  const open = new Set<string>();
  const sources = new Map<string, EventSource>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const once = new Set<string>();

  const later = (name: string, ms: number, run: () => void) => {
    if (timers.has(name)) return;
    timers.set(
      name,
      setTimeout(() => {
        timers.delete(name);
        run();
      }, ms),
    );
  };
  const flush = () => {
    const kinds = new Set(changed);
    changed.clear();
    void client.invalidateQueries({ predicate: ({ queryKey }) => kinds.has(String(queryKey[0])) });
  };
  const settle = () => setLiveState(open.size === STREAMS.length ? 'live' : 'connecting');
  const connect = (url: string) => {
    const source = new EventSource(url);
    sources.set(url, source);
    source.addEventListener('open', () => {
      if (once.has(url)) void client.invalidateQueries();
      once.add(url);
      open.add(url);
      settle();
    });
    source.addEventListener('error', () => {
      open.delete(url);
      settle();
      // refused outright: the browser does not try again by itself
      if (source.readyState === EventSource.CLOSED) later(url, RETRY_MS, () => connect(url));
    });
    source.addEventListener('change', (event: MessageEvent<string>) => {
      const notice = parse(event.data);
      if (!notice) return;
      changed.add(notice.kind);
      later('flush', GATHER_MS, flush);
    });
  };
  for (const url of STREAMS) connect(url);
  return () => {
    for (const source of sources.values()) source.close();
    for (const timer of timers.values()) clearTimeout(timer);
    setLiveState('connecting');
  };
}
