const NOT_SYMBOLS =
  /^(?:\d+[mhdw]|\d{4,}|ohlcv?|bars?|daily|hourly|history|historical|data|prices?|quotes?|csv|export)$/i;

/** A guess at the symbol by the name of its file, for the form: `BTCUSDT-1h-2025-01.zip` is `BTCUSDT`. Empty where no word looks like one. */
export function symbolOfFile(name: string): string {
  const words = name.replace(/(?:\.[a-z0-9]{1,8})+$/i, '').split(/[\s_\-,]+/);
  return (
    words.find((word) => /^(?=.*[a-z])[a-z0-9.^=/]{1,20}$/i.test(word) && !NOT_SYMBOLS.test(word))?.toUpperCase() ?? ''
  );
}
