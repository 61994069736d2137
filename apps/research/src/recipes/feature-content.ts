/** What a feature's hash covers; the name is part of it, because rules and models refer to the name. */
export interface FeatureContent {
  name: string;
  plugin: string;
  plugin_version: string;
  params: Record<string, number | string>;
}
