import { CloseButton, NativeSelect, Select, TextInput } from '@mantine/core';
import { without, withLeaf, type LeafDraft } from './draft';
import { useEditor, type FieldGroup } from './editor-context';
import classes from './editor.module.css';
import { OPERATORS, type Operator } from '../../../definitions/rule-tree';

const OPERATOR_CHOICES = Object.entries(OPERATORS).map(([value, label]) => ({ value, label }));
const AGAINST = [
  { value: 'number', label: 'the number' },
  { value: 'field', label: 'the column' },
];

interface FieldProps {
  label: string;
  value: string;
  onChange: (name: string) => void;
  error: string | undefined;
}

/** A name that is no longer there stays to be seen. */
const withName = (fields: readonly FieldGroup[], name: string): FieldGroup[] => {
  const known = name === '' || fields.some(({ items }) => items.some(({ value }) => value === name));
  return known ? [...fields] : [...fields, { group: 'Not there', items: [{ value: name, label: name }] }];
};

function FieldChoice({ label, value, onChange, error }: FieldProps) {
  const { fields } = useEditor();
  return (
    <Select
      aria-label={label}
      searchable
      allowDeselect={false}
      placeholder="Choose"
      nothingFoundMessage="No feature has this name"
      data={withName(fields, value)}
      value={value === '' ? null : value}
      onChange={(name) => name !== null && onChange(name)}
      error={error}
    />
  );
}

/** One comparison: what, how, with what. Each in a cell: lists bring a hidden input of their own. */
export function LeafEditor({ leaf, place, name }: { leaf: LeafDraft; place: string; name: string }) {
  const { problems, change } = useEditor();
  // what nobody has begun is not wrong yet
  const begun = leaf.field !== '' || leaf.number !== '' || leaf.other !== '';
  const own = (begun && problems.get(place)) || {};
  const set = (part: Partial<Omit<LeafDraft, 'key'>>) => change((tree) => withLeaf(tree, leaf.key, part));
  return (
    <div className={classes.leaf} role="group" aria-label={name}>
      <div>
        <FieldChoice
          label={`${name}: what is compared`}
          value={leaf.field}
          onChange={(field) => set({ field })}
          error={own.field ?? own['']}
        />
      </div>
      <div>
        <NativeSelect
          aria-label={`${name}: how`}
          data={OPERATOR_CHOICES}
          value={leaf.operator}
          onChange={(event) => set({ operator: event.currentTarget.value as Operator })}
          error={own.operator}
        />
      </div>
      <div>
        <NativeSelect
          aria-label={`${name}: with a number or a column`}
          data={AGAINST}
          value={leaf.against}
          onChange={(event) => set({ against: event.currentTarget.value as LeafDraft['against'] })}
        />
      </div>
      <div>
        {leaf.against === 'field' ? (
          <FieldChoice
            label={`${name}: the column it is compared with`}
            value={leaf.other}
            onChange={(other) => set({ other })}
            error={own['value.field'] ?? own.value}
          />
        ) : (
          <TextInput
            aria-label={`${name}: the number it is compared with`}
            inputMode="decimal"
            autoComplete="off"
            value={leaf.number}
            onChange={(event) => set({ number: event.currentTarget.value })}
            error={own.value}
          />
        )}
      </div>
      <CloseButton aria-label={`Remove ${name}`} mt={4} onClick={() => change((tree) => without(tree, leaf.key))} />
    </div>
  );
}
