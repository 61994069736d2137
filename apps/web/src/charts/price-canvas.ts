import {
  CandlestickSeries,
  createSeriesMarkers,
  HistogramSeries,
  LineSeries,
  LineStyle,
  type ISeriesApi,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts';
import { isCandle, placesOf, tickOf, type ChartBar, type ChartPoint } from './bars';
import { seconds } from './gaps';
import { setLine } from './line-data';
import type { Palette } from './palette';
import { roomForLabels } from './room-for-labels';
import { createTimeCanvas, moveByKey, type TimeAxis } from './time-canvas';

/** Something that happened at a bar: a trade, a finding, a signal. */
export interface ChartMarker {
  time: number;
  kind: 'buy' | 'sell' | 'note';
  text: string;
}

export interface Overlay {
  name: string;
  points: readonly ChartPoint[];
}

export interface PriceOptions {
  palette: Palette;
  axis: TimeAxis;
  /** Smallest step of the price; without it as many digits as the prices need. */
  tick?: string | undefined;
  volume: boolean;
  /** Called when the first bars come into sight. */
  onOldest: () => void;
  onBar: (time: number) => void;
  /** What is marked at the bar under the crosshair, also where its label had no room; empty where nothing is. */
  onMarked: (words: readonly string[]) => void;
}

const FIRST_VIEW = 180;
/** So many of the newest bars are drawn at once, the others once those are on the screen: in a long series they take longer than a frame. */
const AT_ONCE = 5_000;
/** Bars left of the view at which older ones are asked for. */
const AHEAD = 200;
const STYLES = [LineStyle.Solid, LineStyle.Dashed, LineStyle.Dotted, LineStyle.LargeDashed];

/** As the chart writes its labels. */
const LABEL_FONT = '12px system-ui, sans-serif';

function textWidth(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 7;
  context.font = LABEL_FONT;
  return (text) => context.measureText(text).width;
}

const drawnMarker = ({ time, kind, text }: ChartMarker, palette: Palette): SeriesMarker<Time> => {
  const at = seconds(time);
  if (kind === 'buy') return { time: at, position: 'belowBar', shape: 'arrowUp', color: palette.up, text };
  if (kind === 'sell') return { time: at, position: 'aboveBar', shape: 'arrowDown', color: palette.down, text };
  return { time: at, position: 'aboveBar', shape: 'circle', color: palette.muted, text };
};

export type PriceCanvas = ReturnType<typeof createPriceCanvas>;

/** Candles with volume, lines over them and markers. Rising candles are hollow, falling ones filled: no colour is needed to tell them. */
export function createPriceCanvas(element: HTMLElement, options: PriceOptions) {
  const { palette, axis, tick, volume } = options;
  const chart = createTimeCanvas(element, palette, axis);
  const candles = chart.addSeries(CandlestickSeries, {
    upColor: palette.surface,
    downColor: palette.down,
    borderUpColor: palette.up,
    borderDownColor: palette.down,
    wickUpColor: palette.up,
    wickDownColor: palette.down,
  });
  const volumes = volume
    ? chart.addSeries(HistogramSeries, {
        priceScaleId: 'volume',
        priceFormat: { type: 'volume' },
        color: palette.grid,
        lastValueVisible: false,
        priceLineVisible: false,
      })
    : undefined;
  if (volumes) {
    chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    // volume is drawn over the candles: none may lie behind it
    candles.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.2 } });
  }
  const markers = createSeriesMarkers(candles, []);
  const widthOfText = textWidth();
  let marked: readonly ChartMarker[] = [];
  let labelledAt: number | undefined;
  let lines: ISeriesApi<'Line'>[] = [];
  let count = 0;
  let rest: (() => void) | undefined;
  const drawRest = (): void => rest?.();

  function drawMarkers(): void {
    const scale = chart.timeScale();
    labelledAt = scale.options().barSpacing;
    const hasRoom = roomForLabels(marked, (time) => scale.timeToCoordinate(seconds(time)), widthOfText);
    markers.setMarkers(
      marked.map((marker, index) => drawnMarker(hasRoom[index] ? marker : { ...marker, text: '' }, palette)),
    );
  }

  function draw(bars: readonly ChartBar[]): void {
    rest = undefined;
    candles.setData(
      bars.map((bar) => {
        const { time, open, high, low, close } = bar;
        return isCandle(bar) ? { time: seconds(time), open, high, low, close } : { time: seconds(time) };
      }),
    );
    volumes?.setData(
      bars.map((bar) =>
        bar.volume === null || bar.volume === undefined
          ? { time: seconds(bar.time) }
          : { time: seconds(bar.time), value: bar.volume },
      ),
    );
    if (count === 0 && bars.length > 0) {
      chart.timeScale().setVisibleLogicalRange({ from: bars.length - FIRST_VIEW, to: bars.length + 4 });
    }
    count = bars.length;
    drawMarkers();
  }

  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (range && count > 0 && range.from < AHEAD) options.onOldest();
    // sideways every label keeps its room; only other distances between the bars change it
    if (marked.length > 0 && chart.timeScale().options().barSpacing !== labelledAt) drawMarkers();
  });
  chart.subscribeClick(({ time }) => {
    if (time !== undefined) options.onBar(Number(time) * 1000);
  });

  chart.subscribeCrosshairMove(({ time }) => {
    const at = time === undefined ? undefined : Number(time) * 1000;
    options.onMarked(marked.filter((marker) => marker.time === at && marker.text !== '').map(({ text }) => text));
  });

  return {
    setBars(bars: readonly ChartBar[]): void {
      const used = tick ?? tickOf(bars.slice(-FIRST_VIEW).map((bar) => bar.close));
      candles.applyOptions({ priceFormat: { type: 'price', precision: placesOf(used), minMove: Number(used) } });
      if (count > 0 || bars.length <= AT_ONCE) return draw(bars);
      draw(bars.slice(-AT_ONCE));
      rest = () => draw(bars);
      requestAnimationFrame(() => setTimeout(drawRest, 0));
    },
    setMarkers(all: readonly ChartMarker[]): void {
      marked = [...all].sort((a, b) => a.time - b.time);
      drawMarkers();
    },
    setOverlays(overlays: readonly Overlay[]): void {
      if (overlays.length > 0) drawRest();
      for (const line of lines) chart.removeSeries(line);
      lines = overlays.map(({ points }, index) => {
        const color = palette.series[index % palette.series.length]!;
        const line = chart.addSeries(LineSeries, {
          color,
          lineWidth: 2,
          lineStyle: STYLES[index % STYLES.length]!,
          lastValueVisible: false,
          priceLineVisible: false,
        });
        setLine(line, points, color);
        return line;
      });
    },
    /** Puts a time into the middle of the view. */
    show(index: number): void {
      drawRest();
      chart.timeScale().setVisibleLogicalRange({ from: index - FIRST_VIEW / 2, to: index + FIRST_VIEW / 2 });
    },
    onKey(key: string): boolean {
      drawRest();
      return moveByKey(chart, key, count);
    },
    remove(): void {
      rest = undefined;
      chart.remove();
    },
  };
}
