import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { PriceChart } from '../../charts/price-chart';
import { useBars } from '../../charts/use-bars';
import { isDaily } from '../../format/timeframe';
import { formatCount } from '../../format/number';
import { plural } from '../../format/words';
import type { Market } from '../../format/time';
import { ButtonLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { Facts } from '../../values/facts';
import { Time } from '../../values/time';
import { CoveragePicture } from './coverage-picture';
import { ExportLinks } from './export-links';
import { marksOf, noteOf } from './notes';
import { QualitySection } from './quality-section';
import { qualityQuery, seriesQuery } from './series-queries';
import { SyntheticBadge } from './synthetic-badge';

const route = getRouteApi('/app/data/series');
type Adjustment = 'none' | 'splits' | 'adj_close';

/** A stored series: its candles with the findings on them, its quality, its coverage. */
export function SeriesPage() {
  const key = route.useSearch();
  const [adjustment, setAdjustment] = useState<Adjustment>('none');
  const [focus, setFocus] = useState<number | undefined>();
  const described = useQuery(seriesQuery(key));
  const quality = useQuery(qualityQuery(key));
  const { query, bars, older, more, loadingMore } = useBars({ ...key, adjustment });
  const daily = isDaily(key.timeframe);
  const detail = daily ? 'date' : 'minute';
  const marks = useMemo(() => {
    if (!bars || !quality.data) return [];
    const findings = [...quality.data.errors, ...quality.data.warnings].map(noteOf);
    return marksOf(
      findings,
      bars.map((bar) => bar.time),
    );
  }, [bars, quality.data]);
  const series = described.data;
  const market = series?.market as Market | undefined;
  const title = `${key.symbol || 'Series'} ${key.timeframe}`;
  return (
    <Page
      title={title}
      lead={
        <Group gap={8}>
          <span>from {key.source}</span>
          {series?.synthetic && <SyntheticBadge />}
        </Group>
      }
      actions={
        <>
          <ExportLinks series={key} />
          <ButtonLink to="/data" variant="default">
            All series
          </ButtonLink>
        </>
      }
    >
      {described.isError && <ProblemAlert problem={described.error} />}
      {series === null && (
        <Empty title="No such series" action={<ButtonLink to="/data">All series</ButtonLink>}>
          There are no bars of {key.symbol} {key.timeframe} from {key.source}.
        </Empty>
      )}
      {series && (
        <Facts
          facts={[
            ['Bars', formatCount(series.bars)],
            ['First', <Time key="first" value={series.first} market={market} detail={detail} />],
            ['Last', <Time key="last" value={series.last} market={market} detail={detail} />],
            ['Market', series.market],
            ['Further columns', series.extra_columns.join(', ') || 'None'],
          ]}
        />
      )}
      <Section
        title="Bars"
        actions={
          series?.adjusted && (
            <SegmentedControl
              size="xs"
              aria-label="Prices"
              value={adjustment}
              onChange={(value) => setAdjustment(value as Adjustment)}
              data={[
                { value: 'none', label: 'As traded' },
                { value: 'splits', label: 'Split-adjusted' },
                { value: 'adj_close', label: 'Fully adjusted' },
              ]}
            />
          )
        }
      >
        {query.isError && <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />}
        {!bars && query.isPending && <Loading lines={1} height={420} />}
        {bars && bars.length > 0 && (
          <Stack gap={4}>
            <PriceChart
              label={`${key.symbol}, bars of ${key.timeframe}${marks.length > 0 ? '; findings of the quality report are marked at their bars' : ''}`}
              bars={bars}
              markers={marks}
              zone={daily ? 'UTC' : undefined}
              daily={daily}
              loadOlder={older}
              focus={focus}
            />
            <Text size="xs" c="dimmed" role="status">
              {loadingMore
                ? 'Loading earlier bars'
                : `${plural(bars.length, 'bar')} loaded${more ? '; earlier ones come as you move to the left' : ': all of them'}`}
            </Text>
          </Stack>
        )}
      </Section>
      {series && (
        <QualitySection
          query={quality}
          onShow={(time) => setFocus(bars?.findIndex((bar) => bar.time >= time))}
          covered={bars && bars.length > 0 ? [bars[0]!.time, bars.at(-1)!.time] : null}
        />
      )}
      {series && <CoveragePicture series={key} />}
    </Page>
  );
}
