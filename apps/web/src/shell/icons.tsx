/** Strokes on a 20 x 20 grid, in the colour of the text. */
const PATHS = {
  overview: 'M3 3h6v6H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 11h6v6H3z',
  data: 'M3 5c0-1.1 3.1-2 7-2s7 .9 7 2-3.1 2-7 2-7-.9-7-2zM3 5v10c0 1.1 3.1 2 7 2s7-.9 7-2V5M3 10c0 1.1 3.1 2 7 2s7-.9 7-2',
  strategies: 'M4 4h4v4H4zM12 12h4v4h-4zM6 8v4a2 2 0 0 0 2 2h4',
  models:
    'M5 5l10 3M5 5l10 10M5 15l10-7M5 15l10 0M5 5m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M5 15m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M15 8m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M15 15m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0',
  signals: 'M2 10h4l2-6 4 12 2-6h4',
  backtests: 'M3 17V3M3 17h14M6 13l3-4 3 2 4-6',
  validation: 'M10 2l6 3v5c0 4-3 6.500-6 8-3-1.500-6-4-6-8V5zM7 10l2 2 4-4',
  deployments: 'M10 3v9M6.500 6.500L10 3l3.500 3.500M3 13v4h14v-4',
  portfolio: 'M10 3v7h7a7 7 0 1 1-7-7zM13 2.500a5 5 0 0 1 4.500 4.500H13z',
  jobs: 'M4 5h12M4 10h12M4 15h7',
  audit: 'M5 2.500h7l3.500 3.500V17.500H5zM12 2.500V6h3.500M7.500 10h5.500M7.500 13.500h5.500',
  settings: 'M4 6h8M16 6h0M4 14h2M10 14h6M12 6m0 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M6 14m0 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  user: 'M10 10a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3.500 17c.8-3.200 3.400-5 6.500-5s5.700 1.800 6.500 5',
  halt: 'M6.500 2h7L18 6.500v7L13.500 18h-7L2 13.500v-7zM7 10h6',
} as const;
export type IconName = keyof typeof PATHS;

/** Decoration only: the words beside it say what it means. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
