import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { PageLink } from '../../shell/links';

/** A run has ended: what came of it, and what rests on it is read anew. */
export function Judged({ job, text }: { job: string; text: string }) {
  const client = useQueryClient();
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['validation'] });
    void client.invalidateQueries({ queryKey: ['strategy'] });
  }, [client]);
  return (
    <Text size="sm" role="status">
      {text}{' '}
      <PageLink underline="always" to="/jobs/$id" params={{ id: job }}>
        Result of the job
      </PageLink>
    </Text>
  );
}
