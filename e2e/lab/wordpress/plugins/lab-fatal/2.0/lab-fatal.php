<?php
/**
 * Plugin Name: lab-fatal
 * Description: A plugin of the lab
 * Version: 2.0
 */
// It also leaves something in the database before it fails, as a real one would.
update_option('lab_fatal', 'was here');
lab_fatal_calls_what_is_not_there();
