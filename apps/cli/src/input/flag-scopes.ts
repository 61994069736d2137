import type { FlagScope } from '../args/flag';

// a command that takes --strategy or --template refuses both and none by itself, so either holds then
export const WITH_STRATEGY: FlagScope = {
  text: 'only with --strategy',
  holds: (args) => args.has('strategy') || !args.has('template'),
};
export const WITH_TEMPLATE: FlagScope = {
  text: 'only with --template',
  holds: (args) => args.has('template') || !args.has('strategy'),
};
export const withTemplate = (template: string): FlagScope => ({
  text: `only with --template ${template}`,
  holds: (args) => WITH_TEMPLATE.holds(args) && (!args.has('template') || args.text('template') === template),
});
export const WITH_UNITS: FlagScope = {
  text: 'only with --mode fixed_qty',
  holds: (args) => args.text('mode') === 'fixed_qty',
};
/** Of a strategy that is none of a universe the command refuses it once it knows. */
export const WITH_BARS: FlagScope = { text: 'only with --bars', holds: (args) => args.has('bars') };
export const WITHOUT_LIST: FlagScope = { text: 'not with --list', holds: (args) => !args.has('list') };
export const WITH_SAMPLES: FlagScope = {
  text: 'only with --search random or tpe',
  holds: (args) => args.text('search') !== 'exhaustive',
};
/** Where a space is searched: parameters of a document, or the ranges of a template. */
export const WITH_SPACE: FlagScope = {
  text: 'only with --param or --template',
  holds: (args) => args.has('param') || args.has('template'),
};
export const WITH_WORKERS: FlagScope = {
  text: 'not with a --template of which --search samples cells: that runs on one thread',
  holds: (args) => args.has('strategy') || args.text('search') === 'exhaustive',
};
export const WITH_CPCV: FlagScope = {
  text: 'only with --objective cpcv',
  holds: (args) => args.text('objective') === 'cpcv',
};
