import { Group, Text } from '@mantine/core';
import type { components } from '../../api/generated/research';
import { formatDuration } from '../../format/time';
import { StatusBadge } from '../../states/status-badge';

/** Whether the newest bar that the feed should have is there, and by how much it is late. */
export function FreshnessBadge({ subscription }: { subscription: components['schemas']['SubscriptionDto'] }) {
  const { enabled, freshness } = subscription;
  if (!enabled) return <StatusBadge status="paused" />;
  return (
    <Group gap={6} wrap="nowrap">
      <StatusBadge status={freshness.fresh ? 'fresh' : 'late'} />
      {!freshness.fresh && freshness.late_by_s > 0 && (
        <Text size="xs" c="dimmed">
          by {formatDuration(freshness.late_by_s * 1000)}
        </Text>
      )}
    </Group>
  );
}
