import type { QueryClient } from '@tanstack/react-query';
import { setLiveState } from './live-state';
import { parseNotice, staleBy } from './notice';

const STREAMS = ['/api/stream', '/api/v1/stream'];
/** Notices of this time are answered together. */
const GATHER_MS = 400;
const RETRY_MS = 15_000;

/** One stream; `onOpen` also after each gap. */
function follow(url: string, onOpen: () => void, onGap: () => void, onKind: (kind: string) => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(url);
    source.addEventListener('open', onOpen);
    // what was told meanwhile may have been missed
    source.addEventListener('reset', onOpen);
    source.addEventListener('change', ({ data }: MessageEvent<string>) => {
      const notice = parseNotice(data);
      if (notice) onKind(notice.kind);
    });
    source.addEventListener('error', () => {
      onGap();
      // refused outright: the browser does not try again by itself
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY_MS);
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/**
 * Listens to both services; a notice `{kind, id}` makes every query whose key starts with that kind stale (`staleBy`), and after a gap everything is,
 * since notices may have been missed. A page that nobody sees listens to nothing: browsers share six connections among all tabs of a server.
 * Returns what ends it.
 */
export function listen(client: QueryClient): () => void {
  const changed = new Set<string>();
  const open = new Set<string>();
  const seen = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let ends: (() => void)[] = [];

  const settle = () => setLiveState(open.size === STREAMS.length ? 'live' : 'connecting');
  const flush = () => {
    gathering = undefined;
    const kinds = new Set(changed);
    changed.clear();
    void client.invalidateQueries({ predicate: ({ queryKey }) => kinds.has(String(queryKey[0])) });
  };
  const start = () => {
    ends = STREAMS.map((url) =>
      follow(
        url,
        () => {
          if (seen.has(url)) void client.invalidateQueries();
          seen.add(url);
          open.add(url);
          settle();
        },
        () => {
          // also before it has ever been open: what was asked for meanwhile may have failed
          seen.add(url);
          open.delete(url);
          settle();
        },
        (kind) => {
          for (const stale of staleBy(kind)) changed.add(stale);
          gathering ??= setTimeout(flush, GATHER_MS);
        },
      ),
    );
  };
  const stop = () => {
    for (const end of ends) end();
    ends = [];
    open.clear();
    settle();
  };
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') stop();
    else if (ends.length === 0) start();
  };
  onVisibility();
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(gathering);
    stop();
  };
}
