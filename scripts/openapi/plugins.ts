import { signalPlugins, type ParameterSchema, type ParametersSchema } from '@assay/contracts';
import { featurePlugins, modelPlugins } from '@assay/pipeline';

function bounds(schema: ParameterSchema): string[] {
  if (schema.type === 'string') return schema.enum ? [`one of ${schema.enum.join(', ')}`] : ['a column'];
  const { type, minimum, exclusiveMinimum, maximum } = schema;
  return [
    type,
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ];
}

function parameters({ properties }: ParametersSchema): string[] {
  return Object.entries(properties).map(([name, schema]) => {
    const value = schema.default === undefined ? 'required' : `default ${schema.default}`;
    return `  - \`${name}\`: ${schema.description} (${[...bounds(schema), value].join(', ')})`;
  });
}

/** The features, models and kinds of signal logic there are, as the registries have them. */
export function pluginsDocument(): string {
  const entry = (key: string, description: string, schema: ParametersSchema): string =>
    [`- \`${key}\`: ${description}`, ...parameters(schema)].join('\n');
  const features = [...featurePlugins.values()].map((p) => entry(p.key, p.description, p.parameterSchema));
  const models = [...modelPlugins.values()].map((p) => {
    const other = p.aliases.map((alias) => `\`${alias}\``).join(', ');
    return entry(p.key, other === '' ? p.description : `${p.description}; also named ${other}`, p.parameterSchema);
  });
  const places = { signal: 'the body of `POST /signals`', universe: 'a universe document' };
  const signals = signalPlugins().map((p) => `- \`${p.key}\`: ${p.description} (\`${p.at}\` of ${places[p.of]})`);
  return `# Features, models and signals

Generated from the registries by \`npm run openapi\`. The same from a running service: \`GET /api/features/plugins\`, \`GET /api/models/plugins\`, \`GET /api/signals/plugins\`; from the command line: \`npx assay plugins\`.

## Features

What a feature of a pipeline strategy names as its \`plugin\`. Every indicator is one; an indicator of several outputs gives one each, as in \`macd.signal\`. To add one: [recipes/indicator.md](recipes/indicator.md), [recipes/feature.md](recipes/feature.md).

${features.join('\n')}

## Models

What a model names as its \`kind\`; \`rule.identity\` is the kind of strategies without a model. Requests and documents that are sent may use the other name of a kind; what is stored, hashed and answered has the kind itself. To add one: [recipes/model.md](recipes/model.md).

${models.join('\n')}

## Signals

What turns features and predictions into positions, and where its parameters stand. Their JSON schemas: \`GET /api/signals/plugins\`.

${signals.join('\n')}
`;
}
