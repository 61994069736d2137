import type { Stated, Zod } from './schema/wire-document';

/** Every warning code -> what it says. */
export const WARNINGS = {
  band_resolved_to_bounded:
    'a band rule on an indicator between 0 and 100 is evaluated as the rule for such indicators',
  bounded_resolved_to_band: 'a rule for indicators between 0 and 100 on one that is not is evaluated as a band rule',
  threshold_mirrored: 'a threshold below 50 names the pair of lines that are equally far from 50',
  relative_to_average: 'an indicator on a price is compared as price / average - 1: the threshold is a fraction',
  never_fires: 'no bar of the data reaches a threshold',
  fills_at_next_bar: 'a paper order that is sent after a long bar has opened is filled when the next one opens',
  entry_watched_at_opens:
    'no finer bars are stored, so the watch of an entry order sees opens alone: what a bar reaches between is entered at the next open',
  legacy_document_normalised: 'the fields of an older document were read as its only substrategy',
  name_generated: 'a document without a name got one',
  id_generated: 'a document without an id got one',
  trading_period_differs: 'the bars per year of the document are not those of the calendar',
  ticker_differs: 'a deployment trades another ticker than the strategy was tested on',
  no_ticker_mapping: 'no mapping names the ticker: its bars are looked up under its own name',
  no_bars: 'no bars of the symbol are stored: runs will hold',
  synthetic_bars: 'evidence or decisions rest on bars that were made up: live trading is refused',
  unclosed_bars: 'bars are stored that have not closed yet: no run decides on them',
  limits_not_backtested: 'no stored backtest result ran under the risk limits in force',
  no_stop_loss: 'neither the deployment nor its strategy limits the loss of a position',
  margin_calls_of_venue: 'margin calls of the backtest are not made by the deployment: the venue makes its own',
  revalidation_failed: 'the promoted revision passes no policy on the newest evidence',
  calendar_not_covered: 'the calendar does not know the days in question: its tables end before',
  benchmark_incomplete:
    'scored bars at whose close the benchmark has no new close: its last one stands there, or none before it begins',
  risk_free_incomplete: 'scored bars for which no risk-free rate was known: what is told above cash is undefined',
  symbols_without_bars: 'symbols of a universe have no bars at all: they are never ranked or held',
  symbols_absent:
    'symbols of a universe have no bar at some sessions: they are not ranked or held there, and closed where they were held',
  stated_training:
    'what an imported model was trained on is what whoever imported it says: nothing here can tell whether it has seen later bars',
  not_yet_fitted: 'scored bars come before the first prediction of a model that is refitted: nothing is held on them',
  no_values: 'no bar of a dataset has a value of the feature: what reads it never has one either',
  bars_outside_sessions: "bars outside of the market's sessions were left out",
} as const;
export type WarningCode = keyof typeof WARNINGS;

/** Codes of what an import of bars warns of -> what they say. */
export const IMPORT_WARNINGS = {
  unclosed_bar: 'a bar of the file had not closed and was left out',
  outside_sessions: 'daily bars on dates without a session were left out, as it was asked',
  unadjusted_split: 'a price moves as in a split, and the file has no adjustment for it',
} as const;
export type ImportWarningCode = keyof typeof IMPORT_WARNINGS;

/** Codes of what a quality report finds in stored bars, as a warning or an error -> what they say. */
export const QUALITY_FINDINGS = {
  not_rising: 'bars do not open after the bar before them',
  invalid_price: 'prices that are no number above 0',
  inconsistent_range: 'an open or close outside of low to high',
  outside_session: 'bars where the market was closed',
  missing_sessions: 'sessions without a bar',
  missing_bars: 'bars missing inside of sessions',
  calendar_not_covered: 'sessions were not compared: the calendar does not know them',
  zero_volume: 'bars without volume',
  open_equals_previous_close: 'opens that are the close before: they may be made up',
  constant_run: 'a close that stands still for many bars',
  outlier: 'moves far beyond what the series moves otherwise',
  repeated_bar: 'a bar that repeats the one before it',
  spike: 'a price far off that comes back at once: a wrong print',
  possible_split: 'a move as in a split',
  unadjusted_split: 'moves as in a split that the prices are not adjusted for',
} as const;
export type QualityCode = keyof typeof QUALITY_FINDINGS;

/** Codes of what resampling, and making bars of trades, left out or did not find -> what they say. */
export const RESAMPLE_NOTES = {
  incomplete_first: 'the first bar was left out: the bars or trades that it is made of begin after it opens',
  incomplete_last: 'the last bar was left out: the bars or trades that it is made of end before it does',
  outside_sessions: 'bars or trades outside of sessions were left out, as it was asked',
  missing_bars: 'bars of the sessions are missing: the longer ones are made of those that are there',
  calendar_not_covered: 'the calendar does not know the last sessions: every weekday counts as one',
} as const;
export type ResampleNoteCode = keyof typeof RESAMPLE_NOTES;

/** Why a corporate action changes no bar of a series. */
export const IDLE_ACTIONS = {
  before_first_bar: 'all bars are of after the action',
  after_last_bar: 'no bar is of after the action yet: the first that comes will change those before',
} as const;
export type IdleActionCode = keyof typeof IDLE_ACTIONS;

/** A resolution or an observation that did not refuse the request; always returned in a `warnings` array. */
export const warning = (z: Zod) =>
  z.looseObject({
    code: z.enum(Object.keys(WARNINGS) as [WarningCode, ...WarningCode[]]),
    field: z.string().optional(),
    message: z.string(),
  });
export type Warning = Stated<typeof warning>;
