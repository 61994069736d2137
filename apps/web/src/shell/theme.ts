import {
  createTheme,
  DEFAULT_THEME,
  InputWrapper,
  Modal,
  Notification,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const brand: MantineColorsTuple = [
  '#e6f4fb',
  '#cbe5f3',
  '#9acce6',
  '#66b1d8',
  '#3f9bcd',
  '#258cc4',
  '#1583bf',
  '#0b6fa4',
  '#07649a',
  '#0a5f8d',
];

/** The darkest shade is what letters and filled buttons take: its contrast is 4.5 on every light shade and with white. */
const withDarkest = (name: 'red' | 'teal' | 'yellow' | 'blue' | 'orange', darkest: string): MantineColorsTuple => {
  const [a, b, c, d, e, f, g, h, i] = DEFAULT_THEME.colors[name];
  return [a, b, c, d, e, f, g, h, i, darkest];
};

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 9, dark: 8 },
  colors: {
    brand,
    red: withDarkest('red', '#a61e1e'),
    teal: withDarkest('teal', '#05573f'),
    yellow: withDarkest('yellow', '#7a4a00'),
    blue: withDarkest('blue', '#124f8f'),
    orange: withDarkest('orange', '#8a3a00'),
  },
  autoContrast: true,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // what explains an input stands below it: inputs beside each other are level, explained or not
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    // by its name alone: the first page needs none of its code. What is typed is shown and hidden by keyboard too
    PasswordInput: {
      defaultProps: {
        visibilityToggleFocusable: true,
        visibilityToggleButtonProps: { 'aria-label': 'Show or hide what is typed' },
      },
    },
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close the notice' } } }),
  },
});

/** Text that is less important, and what is wrong in an input, still has a contrast of 4.5; gains and losses are told apart by any eye (and by sign and arrow). */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a6470',
    '--mantine-color-error': '#a61e1e',
    '--assay-gain': '#00608f',
    '--assay-loss': '#a94400',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb5',
    '--mantine-color-error': '#ff8787',
    '--assay-gain': '#6cc3f0',
    '--assay-loss': '#ff9e66',
  },
});
