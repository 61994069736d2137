import { Progress, Table, Text } from '@mantine/core';
import { formatPercent } from '../../format/number';
import { inWords } from '../../format/words';
import { Section } from '../../shell/page';
import { numberIn } from './metric-text';
import type { Backtest } from './queries';

const KINDS = ['fees', 'spread', 'slippage', 'borrow', 'funding'];

/** What was paid, by kind, as fractions of the equity before it. */
export function CostsSection({ backtest }: { backtest: Backtest }) {
  const total = numberIn(backtest.costs, 'total');
  if (total === null) return null;
  const kinds = KINDS.flatMap((kind) => {
    const value = numberIn(backtest.costs, kind);
    return value === null || value === 0 ? [] : [{ kind, value }];
  });
  return (
    <Section title="Costs">
      <Text size="sm" c="dimmed">
        Sums over the scored bars, each as a share of the equity before it. Received funding is negative.
      </Text>
      <Table maw={560} verticalSpacing={4} aria-label="Costs by kind">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Kind</Table.Th>
            <Table.Th scope="col" ta="right">
              Of the equity
            </Table.Th>
            <Table.Th scope="col">Share of the costs</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kinds.map(({ kind, value }) => (
            <Table.Tr key={kind}>
              <Table.Td>{inWords(kind)}</Table.Td>
              <Table.Td ta="right" className="figure">
                {formatPercent(value)}
              </Table.Td>
              <Table.Td>
                <Progress
                  value={total > 0 ? Math.max(0, (value / total) * 100) : 0}
                  aria-label={`Share of ${inWords(kind)} in the costs, percent`}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">All</Table.Th>
            <Table.Th ta="right" className="figure">
              {formatPercent(total)}
            </Table.Th>
            <Table.Td>{kinds.length === 0 && 'Nothing was paid'}</Table.Td>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Section>
  );
}
