import { Anchor, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatPercent } from '../../format/number';
import { Section } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { tintOf, yearRows } from './months';
import { calendarQuery } from './queries';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The tint says the same as the number: never alone. */
const tintStyle = (value: number | null, greatest: number) => {
  const tint = tintOf(value, greatest);
  if (tint === 0) return undefined;
  const color = tint > 0 ? 'var(--assay-gain)' : 'var(--assay-loss)';
  return { backgroundColor: `color-mix(in srgb, ${color} ${Math.round(Math.abs(tint) * 30)}%, transparent)` };
};

const cellText = (value: number | null): string =>
  value === null ? '' : `${value > 0 ? '+' : ''}${formatPercent(value, 1).replace(' %', '')}`;

/** Returns by month and year of the market's own dates. */
export function MonthsSection({ id }: { id: string }) {
  const query = useQuery(calendarQuery(id));
  return (
    <Section title="Months and years">
      <QueryView query={query} lines={8}>
        {({ months, years, zone }) => {
          const rows = yearRows(months, years);
          const greatest = Math.max(0, ...rows.flatMap((row) => row.months.map((value) => Math.abs(value ?? 0))));
          return (
            <>
              <Text size="sm" c="dimmed">
                Percent, after costs; dates of {zone}. The first and the last month may be in part.
              </Text>
              <Table.ScrollContainer
                minWidth={760}
                scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Months and years' } }}
              >
                <Table
                  fz="xs"
                  verticalSpacing={4}
                  horizontalSpacing={6}
                  aria-label="Returns by month and year, percent"
                >
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th scope="col">Year</Table.Th>
                      {MONTHS.map((month) => (
                        <Table.Th key={month} scope="col" ta="right">
                          {month}
                        </Table.Th>
                      ))}
                      <Table.Th scope="col" ta="right">
                        Year
                      </Table.Th>
                      <Table.Th scope="col" ta="right">
                        Buy and hold
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((row) => (
                      <Table.Tr key={row.year}>
                        <Table.Th scope="row">{row.year}</Table.Th>
                        {row.months.map((value, month) => (
                          <Table.Td
                            key={MONTHS[month]}
                            ta="right"
                            className="figure"
                            style={tintStyle(value, greatest)}
                          >
                            {cellText(value)}
                          </Table.Td>
                        ))}
                        <Table.Td ta="right" className="figure" fw={600}>
                          {cellText(row.total)}
                        </Table.Td>
                        <Table.Td ta="right" className="figure">
                          {cellText(row.buyHold)}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <Group justify="flex-end">
                <Anchor
                  size="sm"
                  href={`/api/backtests/${id}/calendar-returns?format=csv`}
                  download={`months-${id}.csv`}
                >
                  Download as CSV
                </Anchor>
              </Group>
            </>
          );
        }}
      </QueryView>
    </Section>
  );
}
