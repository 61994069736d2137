import { Anchor } from '@mantine/core';

/** The notice that the library of the time charts asks for. */
export function Attribution() {
  return (
    <>
      Charts by{' '}
      <Anchor href="https://www.tradingview.com/" target="_blank" rel="noreferrer" fz="inherit" underline="always">
        TradingView Lightweight Charts
      </Anchor>
      ™, copyright © 2025 TradingView, Inc.
    </>
  );
}
