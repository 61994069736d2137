import { Alert, Box, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../format/number';
import { formatTime, userZone } from '../format/time';
import { ProblemAlert } from '../states/problem-alert';
import { Attribution } from './attribution';
import { faultOf, isCandle, pointFaultOf, type ChartBar } from './bars';
import { ChartFrame, type ChartTable } from './chart-frame';
import { Legend } from './legend';
import { usePalette } from './palette';
import type { ChartMarker, Overlay, PriceCanvas } from './price-canvas';
import { useCanvas } from './use-canvas';

interface Props {
  label: string;
  /** Oldest first; older ones may be put before them later. */
  bars: readonly ChartBar[];
  markers?: readonly ChartMarker[];
  overlays?: readonly Overlay[];
  tick?: string;
  /** Zone of the axis: the market's for bars of a day, the user's otherwise. */
  zone?: string;
  daily?: boolean;
  volume?: boolean;
  height?: number;
  /** Asked for when the first bars come into sight; may be called again while it loads. */
  loadOlder?: () => void;
  /** A click on a bar. */
  onBar?: (time: number) => void;
  /** Index of the bar to show in the middle. */
  focus?: number;
}

const canvasCode = () => import('./price-canvas');
// on its way while the bars are asked for: pages draw the chart as soon as they are there. A failure is told by the chart
canvasCode().catch(() => undefined);

const MOST_NAMED = 5;
const NO_MARKERS: readonly ChartMarker[] = [];
const NO_OVERLAYS: readonly Overlay[] = [];

function tableOf(bars: readonly ChartBar[], zone: string, daily: boolean): ChartTable {
  const newest = bars.slice(-200).reverse();
  return {
    columns: ['Time', 'Open', 'High', 'Low', 'Close'],
    rows: newest.map(({ time, open, high, low, close }) => [
      formatTime(time, { zone, detail: daily ? 'date' : 'minute' }),
      ...[open, high, low, close].map((price) => formatNumber(price, 8)),
    ]),
  };
}

/** Candles over time, with trades marked and lines over them. Not drawn where bars are out of order; a bar of impossible prices leaves a gap, and is named. */
export function PriceChart(props: Props) {
  const { label, bars, markers = NO_MARKERS, overlays = NO_OVERLAYS, tick, daily = false, height = 420, focus } = props;
  const zone = props.zone ?? userZone();
  const volume = props.volume ?? bars.some((bar) => bar.volume !== null && bar.volume !== undefined);
  const palette = usePalette();
  const fault = useMemo(
    () =>
      faultOf(bars) ??
      overlays.map(({ name, points }) => pointFaultOf(points) && `${name}: ${pointFaultOf(points)}`).find(Boolean),
    [bars, overlays],
  );
  const gaps = useMemo(() => bars.filter((bar) => !isCandle(bar)), [bars]);
  const dateOf = ({ time }: ChartBar) => formatTime(time, { zone, detail: daily ? 'date' : 'minute' });
  const [marked, setMarked] = useState('');
  const callbacks = useRef(props);
  useEffect(() => {
    callbacks.current = props;
  });
  const { element, canvas, error } = useCanvas<PriceCanvas>(async (target) => {
    const { createPriceCanvas } = await canvasCode();
    return () =>
      createPriceCanvas(target, {
        palette,
        axis: { zone, daily },
        tick,
        volume,
        onOldest: () => callbacks.current.loadOlder?.(),
        onBar: (time) => callbacks.current.onBar?.(time),
        onMarked: (words) => setMarked(words.join(', ')),
      });
  }, [palette.surface, zone, daily, tick, volume].join(' '));
  useEffect(() => {
    if (!fault) canvas?.setBars(bars);
  }, [canvas, bars, fault]);
  useEffect(() => canvas?.setMarkers(markers), [canvas, markers]);
  useEffect(() => {
    if (!fault) canvas?.setOverlays(overlays);
  }, [canvas, overlays, fault]);
  useEffect(() => {
    if (focus !== undefined) canvas?.show(focus);
  }, [canvas, focus]);

  if (error) return <ProblemAlert problem={error} title="The chart could not be loaded" />;
  return (
    <ChartFrame label={label} table={() => tableOf(bars, zone, daily)} note={<Attribution />}>
      {fault && (
        <Alert color="yellow" title="Not drawn">
          <Text size="sm">{fault}: drawn all the same it would be a wrong picture.</Text>
        </Alert>
      )}
      {gaps.length > 0 && (
        <Text size="sm" role="note">
          Left out of the picture, since {gaps.length === 1 ? 'its prices contradict' : 'their prices contradict'} each
          other: {gaps.slice(0, MOST_NAMED).map(dateOf).join(', ')}
          {gaps.length > MOST_NAMED && ` and ${gaps.length - MOST_NAMED} more`}.
        </Text>
      )}
      {overlays.length > 0 && <Legend entries={overlays.map(({ name }) => name)} />}
      {markers.length > 0 && (
        <Text size="xs" c="dimmed" mih="1.5em">
          {marked && `At this bar: ${marked}`}
        </Text>
      )}
      <Box
        ref={element}
        h={height}
        className="chart-canvas"
        tabIndex={0}
        role="img"
        aria-label={`${label}. Arrow keys move, plus and minus zoom; the numbers follow as a table.`}
        onKeyDown={(event) => {
          if (canvas?.onKey(event.key)) event.preventDefault();
        }}
      />
    </ChartFrame>
  );
}
