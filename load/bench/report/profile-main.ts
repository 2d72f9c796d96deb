import { profileTop } from './profile-top.ts';

/** `node load/bench/report/profile-main.ts FILE…`: the functions that CPU profiles spend most in. */
for (const file of process.argv.slice(2)) console.log(`${await profileTop(file)}\n`);
