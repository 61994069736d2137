import { useComputedColorScheme } from '@mantine/core';

/** Colours that the usual kinds of colour blindness keep apart; each series also differs by its dash or its mark. */
export interface Palette {
  text: string;
  muted: string;
  grid: string;
  surface: string;
  up: string;
  down: string;
  accent: string;
  /** In the order in which series take them. */
  series: readonly string[];
  /** From little to much: lightness rises with the value, whatever the eye. */
  sequential: readonly string[];
  /** From loss over nothing to gain. */
  diverging: readonly string[];
}

const LIGHT: Palette = {
  text: '#212529',
  muted: '#5a6470',
  grid: '#e3e6ea',
  surface: '#ffffff',
  up: '#0072b2',
  down: '#c75000',
  accent: '#0b6fa4',
  series: ['#0072b2', '#c75000', '#007a5a', '#a3487f', '#7a6a00', '#444b54'],
  sequential: ['#f3f0df', '#c9d3a8', '#7fb38b', '#35848b', '#1f5178', '#1b2358'],
  diverging: ['#a94400', '#e59a5c', '#f4f4f2', '#6fb1d6', '#00608f'],
};

const DARK: Palette = {
  text: '#e9ecef',
  muted: '#a6adb5',
  grid: '#3a3f45',
  surface: '#242424',
  up: '#56b4e9',
  down: '#ff9e66',
  accent: '#56b4e9',
  series: ['#56b4e9', '#ff9e66', '#3fd0a2', '#e39bc6', '#e8d64a', '#c1c7cd'],
  sequential: ['#20264f', '#1f5178', '#35848b', '#7fb38b', '#c9d3a8', '#f3f0df'],
  diverging: ['#ff9e66', '#9c5a33', '#3a3f45', '#2f6f96', '#6cc3f0'],
};

export const paletteOf = (scheme: 'light' | 'dark'): Palette => (scheme === 'dark' ? DARK : LIGHT);

export const usePalette = (): Palette => paletteOf(useComputedColorScheme('light'));
