const { TestEnvironment } = require('jest-environment-node');

/** A part of the rig may put in `globalThis.onTestFailure` what is to be told when a test has failed, before it is tidied up. */
module.exports = class extends TestEnvironment {
  async handleTestEvent({ name }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') await this.global.onTestFailure?.();
  }
};
