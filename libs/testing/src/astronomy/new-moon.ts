import { DAY_MS } from '@assay/primitives';

const RADIANS = Math.PI / 180;
const SYNODIC_MONTH_DAYS = 29.530588861;
/** Terrestrial time minus UTC in seconds, 2012 to 2040: measured 66.6 to 69.2 until 2024, then within a few seconds of it. */
export const DELTA_T_SECONDS = 69;

const sin = (degrees: number): number => Math.sin(degrees * RADIANS);

/** Coefficient in days, power of the eccentricity, multiples of M, M', F. */
const PERIODIC: readonly (readonly [number, number, number, number, number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
  [-0.00007, 0, 2, 1, 0],
  [0.00004, 0, 0, 2, -2],
  [0.00004, 0, 3, 0, 0],
  [0.00003, 0, 1, 1, -2],
  [0.00003, 0, 0, 2, 2],
  [-0.00003, 0, 1, 1, 2],
  [0.00003, 0, -1, 1, 2],
  [-0.00002, 0, -1, 1, -2],
  [-0.00002, 0, 1, 3, 0],
  [0.00002, 0, 0, 4, 0],
];

/** Coefficient in days, argument at k = 0 and its change per lunation. */
const PLANETARY: readonly (readonly [number, number, number])[] = [
  [0.000325, 299.77, 0.107408],
  [0.000165, 251.88, 0.016321],
  [0.000164, 251.83, 26.651886],
  [0.000126, 349.42, 36.412478],
  [0.00011, 84.66, 18.206239],
  [0.000062, 141.74, 53.303771],
  [0.00006, 207.14, 2.453732],
  [0.000056, 154.84, 7.30686],
  [0.000047, 34.52, 27.261239],
  [0.000042, 207.19, 0.121824],
  [0.00004, 291.34, 1.844379],
  [0.000037, 161.72, 24.198154],
  [0.000035, 239.56, 25.513099],
  [0.000023, 331.55, 3.592518],
];

/** Julian ephemeris day of new moon `k`, counted from that of 6 January 2000 (Meeus, Astronomical Algorithms, chapter 49; errors below 20 s). */
export function newMoonEphemerisDay(k: number): number {
  const t = k / 1236.85;
  const t2 = t * t;
  const eccentricity = 1 - 0.002516 * t - 0.0000074 * t2;
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t2 - 0.00000011 * t * t2;
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t * t2;
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t * t2;
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t2 + 0.00000215 * t * t2;
  let day = 2451550.09766 + SYNODIC_MONTH_DAYS * k + 0.00015437 * t2 - 0.00000015 * t * t2 - 0.00017 * sin(node);
  for (const [days, power, m, m1, f] of PERIODIC) {
    day += days * eccentricity ** power * sin(m * sun + m1 * moon + f * latitude);
  }
  for (const [days, at0, perLunation] of PLANETARY) {
    day += days * sin(at0 + perLunation * k - (at0 === 299.77 ? 0.009173 * t2 : 0));
  }
  return day;
}

export const utcOfEphemerisDay = (day: number): number => (day - 2440587.5) * DAY_MS - DELTA_T_SECONDS * 1000;

/** UTC milliseconds of every new moon whose number `k` lies near the years asked for. */
export function newMoons(fromYear: number, toYear: number): number[] {
  const first = Math.floor((fromYear - 2000) * 12.3685) - 1;
  const last = Math.ceil((toYear + 1 - 2000) * 12.3685) + 1;
  return Array.from({ length: last - first + 1 }, (_, i) => utcOfEphemerisDay(newMoonEphemerisDay(first + i)));
}
