import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** A run has ended: what rests on it is read anew. */
export function Judged({ text }: { text: string }) {
  const client = useQueryClient();
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['validation'] });
    void client.invalidateQueries({ queryKey: ['strategy'] });
  }, [client]);
  return (
    <Text size="sm" role="status">
      {text}
    </Text>
  );
}
