import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../api/generated/portfolio';
import { formatPercent } from '../../format/number';
import { inWords } from '../../format/words';
import { PageLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';
import { weightsQuery } from './queries';

type Weight = components['schemas']['StrategyWeightDto'];

const COLUMNS: Column<Weight>[] = [
  {
    key: 'name',
    header: 'Strategy',
    cell: (row) => (
      <PageLink to="/strategies/$id" params={{ id: row.strategy_id }}>
        {row.name}
      </PageLink>
    ),
    sortBy: (row) => row.name,
  },
  {
    key: 'policy',
    header: 'Policy',
    cell: (row) => `${row.policy}${row.paper_only ? ', paper only' : ''}`,
    wide: true,
  },
  {
    key: 'symbols',
    header: 'Symbols',
    cell: (row) => row.symbols.map(({ symbol, weight }) => `${symbol} ${formatPercent(weight, 1)}`).join(', '),
    wide: true,
  },
  {
    key: 'weight',
    header: 'Of the capital',
    align: 'right',
    cell: (row) => formatPercent(row.weight, 1),
    sortBy: (row) => row.weight,
  },
  { key: 'since', header: 'Promoted', cell: (row) => <Time value={row.promoted_at} />, wide: true },
];

/** How much of a capital each promoted strategy shall have. */
export function WeightsSection() {
  const weights = useQuery(weightsQuery);
  return (
    <Section title="Target weights">
      <QueryView query={weights}>
        {({ method, as_of: at, items }) => (
          <>
            <DataTable
              label="Target weights"
              columns={COLUMNS}
              list={loadedList(items)}
              rowKey={(row) => row.strategy_id}
              empty={<Empty title="Nothing is promoted">A promoted strategy is given its share of the capital.</Empty>}
            />
            {items.length > 0 && (
              <Text size="xs" c="dimmed" component="div">
                By the method “{inWords(method).toLowerCase()}” as of <Time value={at} />. They are a proposal: each
                deployment trades the capital that it was given.
              </Text>
            )}
          </>
        )}
      </QueryView>
    </Section>
  );
}
