import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { EChart } from '../../charts/e-chart';
import { usePalette } from '../../charts/palette';
import { rankedBars, rankedBarsHeight } from '../../charts/ranked-bars';
import { formatNumber } from '../../format/number';
import { plural } from '../../format/words';
import { ButtonLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { Money } from '../../values/money';
import type { Fleet } from './queries';
import { exposuresOf, type Exposure } from './words/exposure';

function Card({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz="lg" fw={600} component="div">
        {children}
      </Text>
    </Paper>
  );
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

function SymbolBars({ exposure: { currency, symbols } }: { exposure: Exposure }) {
  const palette = usePalette();
  const option = useMemo(() => {
    const bars = symbols.map(({ symbol, net }) => ({ name: symbol, value: net }));
    return rankedBars({ bars, valueName: `Net, ${currency}` }, palette, (value) => compact.format(value));
  }, [symbols, currency, palette]);
  const table = () => ({
    columns: ['Symbol', `Net, ${currency}`, `Gross, ${currency}`, 'Deployments'],
    rows: symbols.map(({ symbol, net, gross, deployments }) => [
      symbol,
      formatNumber(net),
      formatNumber(gross),
      String(deployments),
    ]),
  });
  return (
    <EChart
      label={`Held by symbol, long to the right, short to the left, in ${currency}`}
      option={option}
      table={table}
      height={rankedBarsHeight(symbols.length)}
    />
  );
}

/** What is held, by currency and symbol, and what it has made. */
export function ExposureSection({ fleet }: { fleet: Fleet }) {
  const exposures = useMemo(() => exposuresOf(fleet.deployments), [fleet.deployments]);
  const profits = new Map(fleet.profit.map((one) => [one.currency, one]));
  const replays = fleet.deployments.filter(({ replay }) => replay !== undefined).length;
  return (
    <Section title="Exposure">
      {exposures.length === 0 && (
        <Empty title="Nothing trades" action={<ButtonLink to="/deployments/new">Deploy a strategy</ButtonLink>}>
          What deployments hold stands here by symbol, beside the limits that hold for it.
        </Empty>
      )}
      {exposures.map((exposure) => {
        const { currency, symbols, net, gross, unknown } = exposure;
        const profit = profits.get(currency);
        return (
          <Stack key={currency} gap="sm">
            <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
              <Card label="Net">
                <Money amount={net.toFixed(2)} currency={currency} />
              </Card>
              <Card label="Gross">
                <Money amount={gross.toFixed(2)} currency={currency} />
              </Card>
              <Card label="Made today">
                <Money amount={profit?.today} currency={currency} change />
              </Card>
              <Card label="Made in all">
                <Money amount={profit?.total} currency={currency} change />
              </Card>
            </SimpleGrid>
            {symbols.length > 0 ? (
              <SymbolBars exposure={exposure} />
            ) : (
              <Text size="sm" c="dimmed">
                Nothing is held in {currency} now.
              </Text>
            )}
            {unknown.length > 0 && (
              <Text size="sm">Not in the sums, since no price is known yet: {unknown.join(', ')}.</Text>
            )}
          </Stack>
        );
      })}
      <Group gap="md">
        <Text size="xs" c="dimmed">
          At the price of the newest decision of each deployment.
          {replays > 0 && ` ${plural(replays, 'replay')} of past sessions left out.`}
          {fleet.has_more && ' There are more deployments than the first 1,000, which are not in here.'}
        </Text>
      </Group>
    </Section>
  );
}
