import { figureText } from './figures';
import { levelLines, timeTexts } from './line-picture';
import { html, type Markup } from './markup';
import { LEFT, levelsBetween, RIGHT, spread, WIDTH } from './scale';

/** Prices of some bars: as candles where every bar has room for one, else as a line of closes. */
export interface DrawnPrices {
  kind: 'candles' | 'closes';
  /** Which of the scored bars, from 0; one a value of the columns below. */
  bars: number[];
  times: string[];
  open: number[];
  high: number[];
  low: number[];
  close: number[];
}

export interface TradeMark {
  /** Of the scored bars, from 0. */
  bar: number;
  kind: 'buy' | 'sell';
  /** Where it points at: below a buy, above a sell. */
  price: number;
  text: string;
}

const HEIGHT = 300;
const [TOP, BELOW] = [16, 32];
const AWAY = 4;

/** A triangle that points at the price: upwards from below for a purchase, downwards from above for a sale. */
function triangle({ kind, text }: TradeMark, x: number, y: number): Markup {
  const [tip, base] = kind === 'buy' ? [y + AWAY, y + AWAY + 8] : [y - AWAY, y - AWAY - 8];
  const points = `${x.toFixed(1)},${tip.toFixed(1)} ${(x - 4).toFixed(1)},${base.toFixed(1)} ${(x + 4).toFixed(1)},${base.toFixed(1)}`;
  return html`<polygon points="${points}" class="${kind}"><title>${text}</title></polygon>`;
}

/** Prices with what was bought and sold. Undefined with fewer than two bars. */
export function pricePicture(label: string, prices: DrawnPrices, marks: readonly TradeMark[]): Markup | undefined {
  const { kind, bars, times, high: highs, low: lows, close } = prices;
  if (bars.length < 2) return undefined;
  const isCandles = kind === 'candles';
  const [low, high] = spread(isCandles ? [...lows, ...highs] : [...close, ...marks.map(({ price }) => price)]);
  const [first, last] = [bars[0]!, bars.at(-1)!];
  const step = (RIGHT - LEFT) / (last - first + 1);
  const xAt = (bar: number): number => LEFT + (bar - first + 0.5) * step;
  const xOf = (i: number): number => xAt(bars[i]!);
  const yOf = (price: number): number => TOP + ((high - price) / (high - low)) * (HEIGHT - TOP - BELOW);
  const drawn = isCandles
    ? bars.map((_, i) => candle(prices, i, xOf(i), step, yOf))
    : html`<path
        d="${close.map((price, i) => `${i === 0 ? 'M' : 'L'}${xOf(i).toFixed(1)} ${yOf(price).toFixed(1)}`).join('')}"
        class="line c4"
      />`;
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
      ${levelLines(levelsBetween(low, high), yOf, figureText)}${drawn}
      ${marks.map((mark) => triangle(mark, xAt(mark.bar), yOf(mark.price)))} ${timeTexts(times, xOf, HEIGHT)}
    </svg>
    <figcaption>
      ${label}. ${key('buy', 'bought')} ${key('sell', 'sold')}
      ${isCandles ? 'A hollow candle closed above its open, a full one below.' : null}
    </figcaption>
  </figure>`;
}

const key = (kind: 'buy' | 'sell', name: string): Markup =>
  html`<span class="key"
    ><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <polygon points="${kind === 'buy' ? '5,1 1,9 9,9' : '5,9 1,1 9,1'}" class="${kind}" />
    </svg>
    ${name}</span
  >`;

function candle(prices: DrawnPrices, i: number, x: number, step: number, yOf: (price: number) => number): Markup {
  const [open, high, low, close] = [prices.open[i]!, prices.high[i]!, prices.low[i]!, prices.close[i]!];
  const [top, bottom] = [yOf(Math.max(open, close)), yOf(Math.min(open, close))];
  const width = Math.max(1, Math.min(9, step * 0.7));
  return html`<line
      x1="${x.toFixed(1)}"
      x2="${x.toFixed(1)}"
      y1="${yOf(high).toFixed(1)}"
      y2="${yOf(low).toFixed(1)}"
      class="wick"
    /><rect
      x="${(x - width / 2).toFixed(1)}"
      y="${top.toFixed(1)}"
      width="${width.toFixed(1)}"
      height="${Math.max(0.6, bottom - top).toFixed(1)}"
      class="${close >= open ? 'hollow' : 'full'}"
    />`;
}
