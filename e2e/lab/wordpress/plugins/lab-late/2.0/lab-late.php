<?php
/**
 * Plugin Name: lab-late
 * Description: A plugin of the lab
 * Version: 2.0
 */
// All is well until the file has been there for a while: the fault of something that runs out.
$since = (int) get_option('lab_late');
if ($since === 0) {
    update_option('lab_late', time());
} elseif (time() - $since > 60) {
    lab_late_calls_what_is_not_there();
}
