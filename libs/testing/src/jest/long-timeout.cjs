/* global jest */
// Waiting for servers and other processes may take long on a busy machine; that is never what a test is about. In a file of its own:
// the runner does not heed `testTimeout` of a project.
jest.setTimeout(90_000);
