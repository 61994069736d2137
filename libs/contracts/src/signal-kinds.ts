import { ruleTreeDocument } from './rule-tree';
import { thresholdParamsDocument } from './signal-plugins';
import { universeDocument } from './universe-document';

type Schema = Record<string, unknown>;

export interface SignalPluginView {
  key: string;
  description: string;
  /** `signal`: a body of `POST /signals`. `universe`: part of a document of kind universe. */
  of: 'signal' | 'universe';
  /** Where the parameters stand in that body or document. */
  at: string;
  parameter_schema: Schema;
}

/** Kinds of signal logic; those of universes have the schema that the document itself has. */
export function signalPlugins(): SignalPluginView[] {
  const portfolio = property(universeDocument().jsonSchema(), 'portfolio');
  const ranked = variant(portfolio, 'ranked');
  const selection = (key: string, kind: string, description: string): SignalPluginView => ({
    key,
    description,
    of: 'universe',
    at: 'portfolio.select',
    parameter_schema: variant(property(ranked, 'select'), kind),
  });
  return [
    {
      key: 'rule_tree',
      description: 'ordered groups of rules, the first that holds decides',
      of: 'signal',
      at: 'rule_tree',
      parameter_schema: ruleTreeDocument().jsonSchema(),
    },
    {
      key: 'threshold',
      description: 'long beyond one level, out beyond another; kept as its rule tree',
      of: 'signal',
      at: 'params',
      parameter_schema: thresholdParamsDocument().jsonSchema(),
    },
    {
      key: 'ranking',
      description: 'symbols ranked by a score and held by their place',
      of: 'universe',
      at: 'portfolio',
      parameter_schema: ranked,
    },
    selection('top_k', 'top', 'the k highest scores are long; `bottom` is long the lowest'),
    selection('long_short', 'long_short', 'so many of the highest scores long, so many of the lowest short'),
    selection('quantile', 'quantile', 'the highest quantile of scores long, the lowest short, or one of the two'),
  ];
}

const property = (schema: Schema, name: string): Schema => (schema.properties as Record<string, Schema>)[name]!;

function variant(union: Schema, kind: string): Schema {
  const variants = (union.oneOf ?? union.anyOf) as Schema[];
  return variants.find((one) => property(one, 'kind').const === kind)!;
}
