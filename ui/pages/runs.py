import streamlit as st

st.title("Brieven")
