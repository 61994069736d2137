/** A setting from outside that cannot work; its text names the setting, the rule and the value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
