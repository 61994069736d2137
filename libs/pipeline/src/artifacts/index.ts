export { artifactUri, sha256OfUri, type ArtifactStore, type StoredArtifact } from './artifact-store';
export { FileArtifactStore } from './file-artifact-store';
export { openArtifactStore, openUploadStore } from './open-artifact-store';
export type { OpenUpload, UploadedFile, UploadStore } from './upload-store';
