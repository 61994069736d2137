import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { titleOf, type FieldTexts, type ObjectSchema, type ParameterSchema } from './schema-values';

interface Props {
  schema: ObjectSchema;
  texts: FieldTexts;
  onChange: (texts: FieldTexts) => void;
  /** By field: from `parseValues`, or the problems of an answer. */
  errors?: Readonly<Record<string, string | undefined>>;
  disabled?: boolean;
}

const range = ({ minimum, maximum }: ParameterSchema): string | undefined => {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? undefined : `at most ${maximum}`;
};

const hint = (schema: ParameterSchema): string | undefined => {
  const list = schema.type === 'array' ? 'parted by commas' : undefined;
  return [schema.description, range(schema), list].filter(Boolean).join('; ') || undefined;
};

const isChoice = (schema: ParameterSchema) => schema.enum !== undefined || schema.type === 'boolean';

function options(schema: ParameterSchema, required: boolean) {
  const values = schema.type === 'boolean' ? ['true', 'false'] : (schema.enum ?? []).map(String);
  const first =
    schema.default !== undefined ? `Default (${String(schema.default)})` : required ? 'Choose …' : 'Not given';
  return [{ value: '', label: first }, ...values.map((value) => ({ value, label: value }))];
}

/** A field for each parameter of a plugin. Fields hold text; `parseValues` makes parameters of them. */
export function SchemaForm({ schema, texts, onChange, errors = {}, disabled = false }: Props) {
  return (
    <Stack gap="sm">
      {Object.entries(schema.properties ?? {}).map(([name, field]) => {
        const required = schema.required?.includes(name) ?? false;
        const shared = {
          label: titleOf(name, field),
          description: hint(field),
          error: errors[name],
          required,
          disabled,
          name,
        };
        const set = (value: string) => onChange({ ...texts, [name]: value });
        if (isChoice(field)) {
          return (
            <NativeSelect
              key={name}
              {...shared}
              data={options(field, required)}
              value={texts[name] ?? ''}
              onChange={(event) => set(event.currentTarget.value)}
            />
          );
        }
        const numeric = field.type === 'integer' || field.type === 'number';
        return (
          <TextInput
            key={name}
            {...shared}
            inputMode={numeric ? 'decimal' : undefined}
            placeholder={field.default === undefined ? undefined : String(field.default)}
            value={texts[name] ?? ''}
            onChange={(event) => set(event.currentTarget.value)}
          />
        );
      })}
    </Stack>
  );
}
