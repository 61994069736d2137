import { Text } from '@mantine/core';
import { useLiveState } from '../api/live-state';

/** Whether changes arrive by themselves; never called live, which here means real money. */
export function LiveMark() {
  const live = useLiveState() === 'live';
  return (
    <Text size="xs" c="dimmed" px="sm" py={6} role="status">
      <span aria-hidden="true">{live ? '● ' : '○ '}</span>
      {live ? 'Connected' : 'Not connected: looks every 20 s'}
    </Text>
  );
}
