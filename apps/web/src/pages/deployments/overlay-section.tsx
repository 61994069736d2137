import { Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo } from 'react';
import type { ChartBar } from '../../charts/bars';
import { Section } from '../../shell/page';
import { lazyPart } from '../../states/lazy-part';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { Time } from '../../values/time';
import { isDaily } from '../../format/timeframe';
import type { DeploymentDetail } from './queries';
import { allProfitQuery, testedEquityQuery } from './whole-log';
import { baseOf, baseWords, gapOf, overlayOf, signed, type Gap } from './words/overlay';

const SeriesChart = lazyPart(() => import('../../charts/series-chart').then((module) => module.SeriesChart));

function GapTable({ gap, deployment }: { gap: Gap; deployment: DeploymentDetail }) {
  const rows: [string, number, string][] = [
    ['Backtest', gap.tested, 'what it made over these bars, reinvesting as it goes'],
    ['Reinvesting', gap.reinvesting, 'each new position of the deployment is of the same capital'],
    ['Not held', gap.missed, 'what the backtest made on bars over which the deployment held nothing'],
    ['Prices', gap.prices, 'what fills paid beyond the opens at which the backtest fills'],
    [
      'The rest',
      gap.rest,
      'what was bought was worth another sum than the one the deployment is measured by, and fees, whole lots or refused orders where there were any',
    ],
    ['This deployment', gap.traded, ''],
  ];
  const daily = isDaily(deployment.timeframe);
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        Where the gap comes from, at the bar of{' '}
        <Time value={gap.time} market={deployment.market} detail={daily ? 'date' : 'minute'} />
      </Text>
      <Table verticalSpacing={4} maw={720} aria-label="Where the gap comes from">
        <Table.Tbody>
          {rows.map(([name, value, words]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td ta="right" className="figure one-line">
                {signed(value)}
              </Table.Td>
              <Table.Td c="dimmed">{words}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

interface Props {
  deployment: DeploymentDetail;
  bars: readonly ChartBar[];
  backtest: string | undefined;
  /** What fills paid beyond the opens of their bars, in money. */
  paid: number;
}

/** What it has made over what the backtest made on the same bars, and what the difference is made of. */
export function OverlaySection({ deployment, bars, backtest, paid }: Props) {
  const profit = useQuery(allProfitQuery(deployment.deployment_id));
  const tested = useQuery(testedEquityQuery(backtest));
  const base = profit.data ? baseOf(profit.data.capital, deployment.qty, profit.data.items) : null;
  const overlay = useMemo(
    () => (profit.data && base !== null ? overlayOf(profit.data.items, base, bars, tested.data ?? []) : null),
    [profit.data, base, bars, tested.data],
  );
  const series = useMemo(
    () =>
      overlay && [
        { name: 'This deployment', points: overlay.traded, unit: 'percent' as const },
        ...(overlay.tested.length > 0 ? [{ name: 'Backtest', points: overlay.tested, unit: 'percent' as const }] : []),
      ],
    [overlay],
  );
  const problem = profit.error ?? tested.error;
  const gap = overlay && base !== null ? gapOf(overlay, paid, base) : null;
  return (
    <Section title="What it made">
      {problem && <ProblemAlert problem={problem} />}
      {!profit.data && !problem && <Loading lines={6} />}
      {profit.data && base === null && <Text size="sm">No price is known yet, so there is nothing to draw.</Text>}
      {series && base !== null && profit.data && (
        <Suspense fallback={<Loading lines={8} />}>
          <SeriesChart
            label={`Profit since the first decision, after fees, ${baseWords(profit.data.capital, base)}`}
            series={series}
            daily={isDaily(deployment.timeframe)}
            height={300}
          />
        </Suspense>
      )}
      {overlay && overlay.tested.length === 0 && backtest !== undefined && tested.data && (
        <Text size="sm">The backtest does not have the bar of its first decision: run it again over newer bars.</Text>
      )}
      {gap && <GapTable gap={gap} deployment={deployment} />}
    </Section>
  );
}
