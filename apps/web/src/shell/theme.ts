import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = [
  '#e6f4fb',
  '#cbe5f3',
  '#9acce6',
  '#66b1d8',
  '#3f9bcd',
  '#258cc4',
  '#1583bf',
  '#0b6fa4',
  '#006396',
  '#005583',
];

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 5 },
  colors: { brand },
  autoContrast: true,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Text that is less important still has a contrast of 4.5; gains and losses are told apart by any eye (and by sign and arrow). */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a6470',
    '--assay-gain': '#00608f',
    '--assay-loss': '#a94400',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb5',
    '--assay-gain': '#6cc3f0',
    '--assay-loss': '#ff9e66',
  },
});
