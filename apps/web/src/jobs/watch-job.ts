import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isOver, jobQuery, type Job } from './job-api';

const POLL_MS = 2_000;
const STATES = ['queued', 'running', 'completed', 'failed', 'canceled'];

/** A job as it goes on: by its own stream while it is not over, by asking where the stream is cut. */
export function useWatchedJob(id: string): UseQueryResult<Job> {
  const client = useQueryClient();
  const [streaming, setStreaming] = useState(false);
  const query = useQuery({
    ...jobQuery(id),
    refetchInterval: ({ state: { data } }) => (data && !isOver(data) && !streaming ? POLL_MS : false),
  });
  const over = query.data === undefined || isOver(query.data);
  useEffect(() => {
    if (over) return undefined;
    const { queryKey } = jobQuery(id);
    const source = new EventSource(`/api/jobs/${encodeURIComponent(id)}/stream`);
    const take = ({ data }: MessageEvent<string>) => client.setQueryData(queryKey, JSON.parse(data) as Job);
    for (const state of STATES) source.addEventListener(state, take);
    source.onopen = () => setStreaming(true);
    source.onerror = () => setStreaming(false);
    return () => {
      source.close();
      setStreaming(false);
    };
  }, [client, id, over]);
  return query;
}
