import { Group, Progress, Text } from '@mantine/core';
import { formatPercent } from '../../format/number';
import { PageLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { StatusBadge } from '../../states/status-badge';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import type { Fleet } from './queries';
import { limitUses, NEAR, type LimitUse } from './words/limits';

const toneOf = (fraction: number) => (fraction >= 1 ? 'bad' : fraction >= NEAR ? 'warning' : 'good');
const COLORS = { bad: 'red', warning: 'yellow', good: 'teal' } as const;

function Use({ use: { subject, limit, fraction } }: { use: LimitUse }) {
  if (fraction === null) return <StatusBadge status="not known" tone="warning" />;
  const tone = toneOf(fraction);
  return (
    <Group gap="xs" wrap="nowrap" miw={150}>
      <Progress
        value={Math.min(100, fraction * 100)}
        color={COLORS[tone]}
        flex={1}
        aria-label={`${limit} of ${subject}: used`}
      />
      <Text span size="xs" className="figure one-line">
        {formatPercent(fraction, 0)}
        {tone !== 'good' && (fraction >= 1 ? ', reached' : ', near')}
      </Text>
    </Group>
  );
}

const COLUMNS: Column<LimitUse>[] = [
  {
    key: 'subject',
    header: 'Of',
    cell: ({ subject, deployment }) =>
      deployment === undefined ? (
        subject
      ) : (
        <PageLink to="/deployments/$id" params={{ id: deployment }}>
          {subject}
        </PageLink>
      ),
    sortBy: ({ subject }) => subject,
  },
  {
    key: 'limit',
    header: 'Limit',
    cell: ({ limit, used, allowed }) => (
      <>
        {limit}
        <Text size="xs" c="dimmed" className="figure">
          {used} of {allowed}
        </Text>
      </>
    ),
    sortBy: ({ limit }) => limit,
  },
  { key: 'use', header: 'Use', cell: (use) => <Use use={use} />, sortBy: ({ fraction }) => fraction },
];

/** Each limit that holds for an account or a deployment, and how much of it is used. */
export function LimitsSection({ fleet }: { fleet: Fleet }) {
  const unclear = new Set([
    ...fleet.leftBehind.map(({ account_id: id }) => id),
    ...(fleet.has_more ? fleet.accounts.map(({ account_id: id }) => id) : []),
  ]);
  return (
    <Section title="Limits and their use">
      <DataTable
        label="Limits"
        columns={COLUMNS}
        list={loadedList(limitUses(fleet.accounts, fleet.deployments, unclear))}
        rowKey={({ key }) => key}
        empty={
          <Text size="sm" c="dimmed">
            No limit is in force: neither of an account nor of a deployment that trades.
          </Text>
        }
      />
    </Section>
  );
}
