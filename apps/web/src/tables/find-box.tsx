import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

/** How long typing must pause before the service is asked. */
const PAUSE_MS = 250;
/** Longer words are refused. */
const MOST_CHARACTERS = 200;

interface Props {
  label?: string;
  placeholder: string;
  /** What the list is found by now, as the address says it. */
  words: string | undefined;
  onFind: (words: string | undefined) => void;
}

/** Words that a list of the service is searched by. */
export function FindBox({ label = 'Find', placeholder, words, onFind }: Props) {
  const [text, setText] = useState(words ?? '');
  const asked = useRef(words);
  const find = useDebouncedCallback((typed: string) => {
    asked.current = typed.trim() || undefined;
    onFind(asked.current);
  }, PAUSE_MS);
  // words that came from elsewhere, such as a step back; its own come back while more is typed
  useEffect(() => {
    if (words === asked.current) return;
    asked.current = words;
    setText(words ?? '');
  }, [words]);
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      maxLength={MOST_CHARACTERS}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        find(value);
      }}
      w={{ base: '100%', xs: 240 }}
    />
  );
}
