export { artifactUri, sha256OfUri, type ArtifactStore, type StoredArtifact } from './artifact-store';
export { FileArtifactStore } from './file-artifact-store';
export { openArtifactStore } from './open-artifact-store';
