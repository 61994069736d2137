import { ColorType, createChart, CrosshairMode, TickMarkType, type IChartApi, type Time } from 'lightweight-charts';
import { formatTime } from '../format/time';
import type { Palette } from './palette';

export interface TimeAxis {
  /** Whose wall clock the axis shows. */
  zone: string;
  /** Bars of a day and longer are told by their date. */
  daily: boolean;
}

const msOf = (time: Time): number => Number(time) * 1000;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function tickText(ms: number, type: TickMarkType, zone: string): string {
  const text = formatTime(ms, { zone, detail: 'second' });
  const [year = '', month = '', day = ''] = text.slice(0, 10).split('-');
  switch (type) {
    case TickMarkType.Year:
      return year;
    case TickMarkType.Month:
      return MONTHS[Number(month) - 1] ?? month;
    case TickMarkType.DayOfMonth:
      return String(Number(day));
    case TickMarkType.Time:
      return text.slice(11, 16);
    case TickMarkType.TimeWithSeconds:
      return text.slice(11);
  }
}

const colours = ({ text, surface, grid }: Palette) => ({
  layout: {
    background: { type: ColorType.Solid, color: surface },
    textColor: text,
    attributionLogo: false,
    panes: { separatorColor: grid, separatorHoverColor: grid },
  },
  grid: { vertLines: { color: grid }, horzLines: { color: grid } },
  rightPriceScale: { borderColor: grid },
  timeScale: { borderColor: grid },
});

/** An empty chart over time in an element; its size follows the element's. */
export function createTimeCanvas(element: HTMLElement, palette: Palette, { zone, daily }: TimeAxis): IChartApi {
  const { layout, timeScale, ...rest } = colours(palette);
  return createChart(element, {
    ...rest,
    layout: { ...layout, fontFamily: 'system-ui, sans-serif' },
    autoSize: true,
    crosshair: { mode: CrosshairMode.Normal },
    localization: {
      timeFormatter: (time: Time) => formatTime(msOf(time), { zone, detail: daily ? 'date' : 'minute', named: !daily }),
    },
    timeScale: {
      ...timeScale,
      timeVisible: !daily,
      secondsVisible: false,
      minBarSpacing: 0.02,
      // bars that share a pixel are drawn as one with their highest and lowest: a hundred thousand of them still move smoothly
      enableConflation: true,
      tickMarkFormatter: (time: Time, type: TickMarkType) => tickText(msOf(time), type, zone),
    },
  });
}

const STEP_BARS = 10;
const ZOOM = 1.4;

/** Arrows move, + and - zoom, Home and End go to the first and last bar. Returns whether the key meant something. */
export function moveByKey(chart: IChartApi, key: string, count: number): boolean {
  const scale = chart.timeScale();
  const range = scale.getVisibleLogicalRange();
  if (!range) return false;
  const { from, to } = range;
  const width = to - from;
  const show = (start: number, end: number) => scale.setVisibleLogicalRange({ from: start, to: end });
  const zoom = (factor: number) => show(to - width * factor, to);
  const moves: Record<string, () => void> = {
    ArrowLeft: () => show(from - STEP_BARS, to - STEP_BARS),
    ArrowRight: () => show(from + STEP_BARS, to + STEP_BARS),
    Home: () => show(0, width),
    End: () => show(count - width, count),
    '+': () => zoom(1 / ZOOM),
    '=': () => zoom(1 / ZOOM),
    '-': () => zoom(ZOOM),
  };
  moves[key]?.();
  return key in moves;
}
