/** A resolution or an observation that did not refuse the request; always returned in a `warnings` array. */
export interface Warning {
  code:
    | 'band_resolved_to_bounded'
    | 'bounded_resolved_to_band'
    | 'threshold_mirrored'
    | 'relative_to_average'
    | 'never_fires'
    | 'fills_at_next_bar'
    | 'legacy_document_normalised'
    | 'name_generated'
    | 'id_generated'
    | 'trading_period_differs'
    | 'ticker_differs'
    | 'no_ticker_mapping'
    | 'no_bars'
    | 'synthetic_bars'
    | 'unclosed_bars'
    | 'limits_not_backtested'
    | 'revalidation_failed'
    | 'calendar_not_covered'
    | 'data_quality';
  field?: string;
  message: string;
  [fact: string]: unknown;
}
